package dev.mallard.stake.source;

import dev.mallard.stake.Epoch;
import dev.mallard.stake.FaultModel;
import dev.mallard.stake.RsmId;
import dev.mallard.stake.StakeTable;
import dev.mallard.stake.Validator;
import java.util.List;

/**
 * A stake table together with how to reach its validators.
 *
 * @param entries in index order, one for each validator of the table
 */
public record Registry(StakeTable table, List<RegistryEntry> entries) {

  public Registry {
    entries = List.copyOf(entries);
    if (!validators(entries).equals(table.validators())) {
      throw new IllegalArgumentException(
          "registry entries do not match the validators of " + table);
    }
  }

  /** Builds the stake table from the entries' validators. */
  public static Registry of(
      RsmId rsm, Epoch epoch, List<RegistryEntry> entries, FaultModel faultModel) {
    return new Registry(new StakeTable(rsm, epoch, validators(entries), faultModel), entries);
  }

  /** The validator at {@code index}, from 0 to below the table's size. */
  public RegistryEntry entry(int index) {
    return entries.get(index);
  }

  private static List<Validator> validators(List<RegistryEntry> entries) {
    return entries.stream().map(RegistryEntry::validator).toList();
  }
}
