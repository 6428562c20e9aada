/**
 * A Cost Explorer and a CloudWatch on this machine, for tests and demonstrations.
 *
 * @packageDocumentation
 */

export {
  CloudWatchEndpoint,
  type CloudWatchCall,
  type CloudWatchEndpointOptions,
  type CloudWatchFault,
  type CloudWatchFaultOptions,
} from './CloudWatchEndpoint';
export {
  CostExplorerEndpoint,
  type CostExplorerCall,
  type CostExplorerEndpointOptions,
  type CostExplorerFault,
  type CostExplorerFaultOptions,
} from './CostExplorerEndpoint';
export type { BillCharge, CostExplorerBill } from './bill';
export type { RecordedMetric } from './metricData';
export {
  deviationsFromModel,
  isCloudWatchOperation,
  isCostExplorerOperation,
  type AwsOperation,
  type CloudWatchOperation,
  type CostExplorerOperation,
} from './model';
