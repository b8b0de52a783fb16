package dev.pinfactory.specialists.evaluation;

/**
 * How long calls took.
 *
 * @param calls that were counted
 * @param p50 median by the clock, in milliseconds
 * @param p99 99th percentile by the clock, in milliseconds
 * @param cpu processor time of the whole process, client included, in milliseconds a call
 * @param perSecond calls that ended
 */
record Timing(int calls, double p50, double p99, double cpu, double perSecond) {}
