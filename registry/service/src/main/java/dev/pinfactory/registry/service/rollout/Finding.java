package dev.pinfactory.registry.service.rollout;

/**
 * How a version stands in one respect.
 *
 * @param what in words, with the figures
 * @param evidence that it is worse than it may be, as a natural logarithm
 * @param good whether it is, going by the figures alone, no worse than it may be
 */
record Finding(String what, double evidence, boolean good) {}
