/** Configuration of the demo portal. */
export interface Config {
  auth?: {
    providers?: {
      /** Sign-in as one of four people of the demo company, without a password. */
      demo?: {
        /**
         * Lets the provider sign people in although NODE_ENV is not `development`. Anybody who reaches
         * the portal can then be any of the four.
         *
         * @visibility backend
         */
        dangerouslyAllowOutsideDevelopment?: boolean;
      };
    };
  };
}
