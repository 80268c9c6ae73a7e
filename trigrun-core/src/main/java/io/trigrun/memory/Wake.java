package io.trigrun.memory;

import io.trigrun.spi.WakeUp;

/** A wake-up that won its wait. */
record Wake(WakeUp wakeUp, boolean consumed) {}
