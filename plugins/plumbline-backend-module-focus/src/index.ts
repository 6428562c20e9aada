/**
 * FOCUS billing exports for Plumbline, read by DuckDB.
 *
 * @packageDocumentation
 */

export { plumblineModuleFocus as default } from './module';
