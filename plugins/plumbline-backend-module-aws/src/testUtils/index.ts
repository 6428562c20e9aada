/**
 * A Cost Explorer on this machine, for tests and demonstrations.
 *
 * @packageDocumentation
 */

export {
  CostExplorerEndpoint,
  type CostExplorerCall,
  type CostExplorerEndpointOptions,
  type CostExplorerFault,
  type CostExplorerFaultOptions,
} from './CostExplorerEndpoint';
export type { BillCharge, CostExplorerBill } from './bill';
export {
  deviationsFromModel,
  isCostExplorerOperation,
  type CostExplorerOperation,
} from './model';
