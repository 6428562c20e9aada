/**
 * AWS Cost Explorer for Plumbline, for those without a billing export.
 *
 * @packageDocumentation
 */

export { plumblineModuleAws as default } from './module';
