// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice How much may be released at once, and how fast room for more comes back.
/// @param capacity amount that may go at once; 0 for no limit
/// @param perSecond amount of room that comes back each second
/// @param used amount released or promised that has not drained yet; may be above the capacity
/// @param since when `used` was right, in seconds
struct Limit {
    uint256 capacity;
    uint256 perSecond;
    uint256 used;
    uint256 since;
}

/// @title A leaky bucket that promises a time instead of refusing
/// @notice Each amount enters once and has its time from then on: later ones can't push it back.
library RateLimit {
    error LimitNeverDrains(uint256 capacity);

    /// @notice Sets a limit; what was used under the one before is forgotten.
    function set(Limit storage limit, uint256 capacity, uint256 perSecond) internal {
        if (capacity != 0 && perSecond == 0) revert LimitNeverDrains(capacity);
        (limit.capacity, limit.perSecond, limit.used, limit.since) = (capacity, perSecond, 0, block.timestamp);
    }

    /// @notice Takes up an amount.
    /// @return readyAt when it may be released, in seconds; not in the future if at once
    function take(Limit storage limit, uint256 amount) internal returns (uint256 readyAt) {
        uint256 capacity = limit.capacity;
        uint256 used = usedNow(limit) + amount;
        (limit.used, limit.since) = (used, block.timestamp);
        if (used <= capacity) return block.timestamp;
        uint256 perSecond = limit.perSecond;
        uint256 over = used - capacity;
        return block.timestamp + over / perSecond + (over % perSecond == 0 ? 0 : 1);
    }

    /// @notice What has not drained by now.
    function usedNow(Limit storage limit) internal view returns (uint256) {
        uint256 seconds_ = block.timestamp - limit.since;
        uint256 used = limit.used;
        uint256 perSecond = limit.perSecond;
        if (perSecond != 0 && seconds_ > used / perSecond) return 0;
        return used - seconds_ * perSecond;
    }
}
