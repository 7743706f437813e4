/** Who sends which bundle to whom, computed alike by everybody ([SCHED-1] to [SCHED-5]). */
@NullMarked
package dev.mallard.c3b.schedule;

import org.jspecify.annotations.NullMarked;
