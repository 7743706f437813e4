package dev.mallard.store;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.Stake;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;

/** Stake tables as bytes; RSM and epoch are in the key. */
final class StakesCodec {
  private static final int VERSION = 1;

  private StakesCodec() {}

  static ByteBuffer encode(RecordWriter out, StakeTable table) {
    out.begin(VERSION);
    putStake(out, table.faultModel().u());
    putStake(out, table.faultModel().r());
    out.u16(table.size());
    for (Validator validator : table.validators()) {
      out.raw(validator.key().toBytes());
      putStake(out, validator.stake());
    }
    return out.end();
  }

  static StakeTable decode(RsmId rsm, Epoch epoch, RecordReader in) throws StoreException {
    return in.whole(
        VERSION,
        r -> {
          FaultModel faultModel = new FaultModel(stake(r), stake(r));
          List<Validator> validators = new ArrayList<>();
          int size = r.u16();
          for (int index = 0; index < size; index++) {
            BridgeAddress key =
                BridgeAddress.of(r.raw(BridgeAddress.ADDRESS_BYTES).toArrayUnsafe());
            validators.add(new Validator(index, key, stake(r)));
          }
          return new StakeTable(rsm, epoch, validators, faultModel);
        });
  }

  private static void putStake(RecordWriter out, Stake stake) {
    byte[] units = stake.units().toByteArray();
    out.u8(units.length).raw(units);
  }

  private static Stake stake(RecordReader in) throws StoreException {
    Bytes units = in.raw(in.u8());
    return new Stake(new BigInteger(units.toArrayUnsafe()));
  }
}
