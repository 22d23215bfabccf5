/* Types of the query in get-person-phone-numbers.graphql. Generated: changes made here are lost. */
import type { Query } from "attio/client";

type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };

type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
};

declare module "./get-person-phone-numbers.graphql" {
  export type GetPersonPhoneNumbersQueryVariables = Exact<{
    recordId: Scalars["String"]["input"];
  }>;

  export type GetPersonPhoneNumbersQuery = {
    person: {
      phone_numbers: Array<string>;
      name: { full_name: string | null } | null;
    } | null;
  };

  const value: Query<
    GetPersonPhoneNumbersQueryVariables,
    GetPersonPhoneNumbersQuery
  >;
  export default value;
}
