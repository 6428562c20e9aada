/** What a provider sells, and for how much. */
export type Sku = {
  service: string;
  /** FOCUS `ServiceCategory`. */
  category: string;
  subcategory: string;
  serviceCode: string;
  usageType: string;
  operation: string;
  unit: string;
  description: string;
  /** Price per unit by region, in USD, November 2026; `any` elsewhere. */
  price: Readonly<Record<string, number>>;
};

/** Puts a SKU together; the first argument is service, code, category and subcategory. */
export const sku = (
  [service, serviceCode, category, subcategory]: readonly string[],
  usageType: string,
  operation: string,
  unit: string,
  description: string,
  price: Sku['price'],
): Sku => ({
  service,
  serviceCode,
  category,
  subcategory,
  usageType,
  operation,
  unit,
  description,
  price,
});
