/**
 * From attestations to certificates: what the source RSM's replicas sign, and when enough of them
 * did ([CERT-1] to [CERT-3]).
 */
@NullMarked
package dev.mallard.certify;

import org.jspecify.annotations.NullMarked;
