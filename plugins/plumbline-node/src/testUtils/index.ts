/**
 * Conformance tests that Plumbline modules run against themselves.
 *
 * @packageDocumentation
 */

export * from './costSourceConformance';
