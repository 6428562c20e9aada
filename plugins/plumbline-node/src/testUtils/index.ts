/**
 * Conformance tests that Plumbline modules run against themselves.
 *
 * @packageDocumentation
 */

export * from './costSourceConformance';
export type { ConformanceRule } from './SourceRules';
export * from './usageSourceConformance';
