package io.pocketllm.app.screenshots;

/** What the window is doing when its picture is taken. */
enum Scene {
    /** Train, nothing started yet. */
    TRAIN_READY,
    /** Train, two thirds of a run done. */
    TRAIN_RUNNING,
    /** Train, a run that has ended. */
    TRAIN_FINISHED,
    /** Train, a run that the phone has ended. */
    TRAIN_KILLED,
    /** Train, the parts of the memory estimate. */
    TRAIN_MEMORY,
    /** Train, numbers that cannot be. */
    TRAIN_MISTAKES,
    /** Four runs compared, one of them the baseline. */
    RUNS,
    /** Seeds taken together. */
    RUNS_GROUPED,
    /** One run, its slider at its end. */
    RUNS_ONE,
    /** A sweep that has ended. */
    SWEEPS,
    /** Sixteen runs that were drawn, over four keys, some of them not finished. */
    SWEEPS_LINES,
    /** A sweep in its tenth run. */
    SWEEPS_RUNNING,
    /** Models, bases and methods against phones. */
    FITS,
    /** The same, with a cell's parts. */
    FITS_CELL,
    /** A phone that is read and sent to. */
    PHONES,
    /** Three phones, of which one has not allowed this computer. */
    PHONES_UNAUTHORIZED,
    /** No phone, and the pane that pairs with one. */
    PHONES_EMPTY,
    /** A computer without adb. */
    PHONES_NO_ADB,
    /** Runs that go on on two phones, and one that was left. */
    PHONES_RUNNING,
    /** One of them beside its simulation. */
    PHONES_BESIDE,
    /** Where a person begins. */
    HELP,
    /** A page of the guide. */
    HELP_PAGE,
    /** A table of the guide, and what a search has found. */
    HELP_SEARCH,
    /** Versions, folders, licences. */
    HELP_ABOUT,
    /** The list of keys. */
    KEYS,
    /** The search for actions. */
    SEARCH
}
