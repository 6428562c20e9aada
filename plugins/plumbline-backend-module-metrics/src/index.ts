/**
 * Business metrics for Plumbline, from CSV files and Prometheus.
 *
 * @packageDocumentation
 */

export { plumblineModuleMetrics as default } from './module';
