package io.pocketllm.zo;

/**
 * What an optimiser's passes over the parameters did.
 *
 * @param drawn random numbers, of all directions together
 * @param moved elements that were read and written
 * @param passes passes over all that moves
 */
public record PassCount(double drawn, double moved, int passes) {

    /** Nothing was done. */
    public static final PassCount NONE = new PassCount(0, 0, 0);

    PassCount plus(double moreDrawn, double moreMoved, int morePasses) {
        return new PassCount(drawn + moreDrawn, moved + moreMoved, passes + morePasses);
    }
}
