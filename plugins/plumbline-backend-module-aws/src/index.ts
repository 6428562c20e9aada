/**
 * AWS for Plumbline: costs from Cost Explorer, for those without a billing export, and business metrics from CloudWatch.
 *
 * @packageDocumentation
 */

export { plumblineModuleAws as default } from './module';
