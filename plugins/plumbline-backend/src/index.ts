/**
 * Collects, stores, analyses and serves what Plumbline knows of each catalog entity.
 *
 * @packageDocumentation
 */

export { plumblinePlugin as default } from './plugin';
