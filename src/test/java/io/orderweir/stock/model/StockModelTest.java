package io.orderweir.stock.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of stock in every interleaving of sales, cancels, messages, calls, copies, lost answers, counts, crashes and restores; and what each of its guards is for. */
class StockModelTest {

    static Stream<Kind> kinds() {
        return Stream.of(Kind.values());
    }

    static Stream<World> worlds() {
        return kinds().flatMap(kind -> kind == Kind.SOURCE ? Stream.of(World.of(kind, 3))
                : Stream.of(World.of(kind, 3), World.of(kind, 2).withCancels(1, 1), World.of(kind, 2).withARestore()));
    }

    /** Each guard, at the kinds of channels that need it. */
    static Stream<World> withoutAGuard() {
        return Stream.of(
                World.of(Kind.COMPARED, 2).without(Guard.CHARGE_BEFORE_SENDING),
                World.of(Kind.REFUSING, 2).without(Guard.CHARGE_BEFORE_SENDING),
                World.of(Kind.COMPARED, 2).without(Guard.CREDIT_AFTER_PROOF),
                World.of(Kind.COMPARED, 2).without(Guard.UNSURE_RAISE_STAYS_CHARGED),
                World.of(Kind.REFUSING, 2).without(Guard.UNSURE_RAISE_STAYS_CHARGED),
                World.of(Kind.REFUSING, 2).without(Guard.UNSURE_TAKE_BACK_STAYS_UNCREDITED),
                World.of(Kind.REFUSING, 2).without(Guard.NO_BLIND_REPEAT),
                World.of(Kind.ABSOLUTE, 2).without(Guard.NO_BLIND_REPEAT),
                World.of(Kind.KEYED, 2).without(Guard.KEY),
                World.of(Kind.COMPARED, 3).without(Guard.KEY),
                World.of(Kind.KEYED, 2).without(Guard.SAME_KEY_WHILE_UNSURE),
                World.of(Kind.COMPARED, 3).without(Guard.SAME_KEY_WHILE_UNSURE),
                World.of(Kind.COMPARED, 3).without(Guard.REFUSAL_AFTER_A_TIME_OUT_PROVES_NOTHING),
                World.of(Kind.KEYED, 2).without(Guard.LOOK_AFTER_A_TAKE_BACK),
                World.of(Kind.SOURCE, 2).without(Guard.LOOK_AFTER_A_TAKE_BACK),
                World.of(Kind.REFUSING, 2).without(Guard.QUANTITY_BEFORE_ORDERS),
                World.of(Kind.REFUSING, 2).without(Guard.ORDERS_IN_THE_COUNT),
                World.of(Kind.REFUSING, 2).without(Guard.QUIET_BEFORE_THE_READ),
                World.of(Kind.REFUSING, 2).without(Guard.NO_CALL_IN_A_COUNT),
                World.of(Kind.REFUSING, 2).withCancels(1, 0).without(Guard.LATE_CANCELS_DO_NOT_LOWER),
                World.of(Kind.ABSOLUTE, 2).without(Guard.SET_CHARGES_IN_FULL),
                World.of(Kind.SOURCE, 2).without(Guard.SHIPMENT_COUNTS_WHEN_PLANNED),
                World.of(Kind.SOURCE, 2).without(Guard.NO_SHIPMENT_DURING_A_SET),
                World.of(Kind.SOURCE, 2).without(Guard.COPIES_ARE_DEAD_WHEN_SETTLED),
                World.of(Kind.COMPARED, 2).withCancels(0, 1).without(Guard.CANCELS_ONCE),
                World.of(Kind.KEYED, 2).withARestore().without(Guard.BROUGHT_IN_AFTER_A_RESTORE),
                World.of(Kind.COMPARED, 2).withARestore().without(Guard.QUIET_BEFORE_THE_READ));
    }

    /** The same for warehouses that say up to which movement they count (true), and for others. */
    static Stream<WarehouseModel> warehousesWithoutAGuard() {
        return Stream.of(
                new WarehouseModel(false, Set.of(Guard.SNAPSHOT_WITHOUT_PICKS_HEARD)),
                new WarehouseModel(true, Set.of(Guard.SNAPSHOT_WITHOUT_PICKS_HEARD)),
                new WarehouseModel(true, Set.of(Guard.OLDER_SNAPSHOT_IGNORED)),
                new WarehouseModel(false, Set.of(Guard.RECEIPT_IS_A_HINT)),
                new WarehouseModel(true, Set.of(Guard.POSITION_COUNTS)),
                new WarehouseModel(false, Set.of(Guard.OPEN_FALLS_WITH_ON_HAND)),
                new WarehouseModel(false, Set.of(Guard.PICKS_ONCE)),
                new WarehouseModel(true, Set.of(Guard.PICKS_ONCE)),
                new WarehouseModel(true, Set.of(Guard.RECEIPTS_ONCE)));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whateverHappensNoMoreIsSoldOrOnSaleThanExistsAndNothingStaysStranded(World world) {
        // When everything has happened that may
        Search<Pool> search = new Search<>(new PoolModel(world));
        // Then
        assertEquals(List.of(), search.wayToAFault());
        assertEquals(List.of(), search.wayToStranding());
        assertTrue(search.size() > 1000, "only " + search.size() + " states");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatOthersAddOrSellTwiceExceedsItByThatAndNoMore(Kind kind) {
        assertEquals(List.of(), new Search<>(new PoolModel(World.of(kind, 2).withStrangers(1))).wayToAFault());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void howeverAWarehouseTellsItNoMoreIsBelievedThanThereIsButItsLosses(boolean positions) {
        // When
        Search<Warehouse> search = new Search<>(new WarehouseModel(positions, Set.of()));
        // Then
        assertEquals(List.of(), search.wayToAFault());
        assertEquals(List.of(), search.wayToStranding());
    }

    @ParameterizedTest
    @MethodSource("withoutAGuard")
    void withoutAGuardItIsOversold(World world) {
        assertFalse(new Search<>(new PoolModel(world)).wayToAFault().isEmpty(), "the guard can be taken out, and nothing happens");
    }

    @ParameterizedTest
    @MethodSource("warehousesWithoutAGuard")
    void withoutAGuardAWarehouseIsBelievedToHaveMore(WarehouseModel model) {
        assertFalse(new Search<>(model).wayToAFault().isEmpty(), "the guard can be taken out, and nothing happens");
    }

    /** It would be a guard in vain. */
    @ParameterizedTest
    @MethodSource("worlds")
    void aSaleThatIsBookedTwiceBreaksNothing(World world) {
        assertEquals(List.of(), new Search<>(new PoolModel(world.without(Guard.SALES_ONCE))).wayToAFault());
    }

    @Test
    void everyGuardIsTakenOutSomewhere() {
        EnumSet<Guard> left = EnumSet.complementOf(EnumSet.of(Guard.SALES_ONCE));
        withoutAGuard().forEach(world -> left.removeAll(world.without()));
        warehousesWithoutAGuard().forEach(model -> left.removeAll(model.without()));
        assertEquals(Set.of(), left);
    }
}
