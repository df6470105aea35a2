package io.orderweir.sandbox;

/**
 * The slice of Shopify's Admin GraphQL API 2026-04 that the pretend shop has, under the names of shopify.dev/docs/api/admin-graphql/2026-04.
 *
 * <p>What the vendor has besides is refused as if it did not exist: the sandbox may know less, never more.
 */
final class ShopifySchema {
    static final GraphqlSchema ADMIN = new GraphqlSchema("""
            type QueryRoot {
              order(id: ID!): Order
              fulfillmentOrder(id: ID!): FulfillmentOrder
              shop: Shop!
            }
            type Shop {
              id: ID!
              name: String!
              myshopifyDomain: String!
            }
            type Mutation {
              fulfillmentOrderHold(id: ID!, fulfillmentHold: FulfillmentOrderHoldInput!): FulfillmentOrderHoldPayload
              fulfillmentOrderReleaseHold(id: ID!, holdIds: [ID!], externalId: String): FulfillmentOrderReleaseHoldPayload
              metafieldsSet(metafields: [MetafieldsSetInput!]!): MetafieldsSetPayload
              metafieldsDelete(metafields: [MetafieldIdentifierInput!]!): MetafieldsDeletePayload
            }
            type Order {
              id: ID!
              name: String!
              displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
              fulfillmentOrders(first: Int, after: String): FulfillmentOrderConnection!
              metafield(namespace: String, key: String!): Metafield
            }
            type FulfillmentOrder {
              id: ID!
              status: FulfillmentOrderStatus!
              requestStatus: FulfillmentOrderRequestStatus!
              updatedAt: DateTime!
              supportedActions: [FulfillmentOrderSupportedAction!]!
              fulfillmentHolds: [FulfillmentHold!]!
              lineItems(first: Int, after: String): FulfillmentOrderLineItemConnection!
              order: Order!
            }
            type FulfillmentHold {
              id: ID!
              handle: String
              reason: FulfillmentHoldReason!
              reasonNotes: String
              displayReason: String!
              heldByRequestingApp: Boolean!
            }
            type FulfillmentOrderLineItem {
              id: ID!
              totalQuantity: Int!
              remainingQuantity: Int!
              lineItem: LineItem!
            }
            type LineItem {
              id: ID!
              title: String!
              quantity: Int!
              currentQuantity: Int!
              fulfillableQuantity: Int!
            }
            type Metafield {
              id: ID!
              namespace: String!
              key: String!
              type: String!
              value: String!
            }
            type MetafieldIdentifier {
              ownerId: String!
              namespace: String!
              key: String!
            }
            type FulfillmentOrderSupportedAction {
              action: FulfillmentOrderAction!
            }
            type FulfillmentOrderConnection {
              nodes: [FulfillmentOrder!]!
              pageInfo: PageInfo!
            }
            type FulfillmentOrderLineItemConnection {
              nodes: [FulfillmentOrderLineItem!]!
              pageInfo: PageInfo!
            }
            type PageInfo {
              hasNextPage: Boolean!
              endCursor: String
            }
            type FulfillmentOrderHoldPayload {
              fulfillmentHold: FulfillmentHold
              fulfillmentOrder: FulfillmentOrder
              remainingFulfillmentOrder: FulfillmentOrder
              userErrors: [FulfillmentOrderHoldUserError!]!
            }
            type FulfillmentOrderReleaseHoldPayload {
              fulfillmentOrder: FulfillmentOrder
              userErrors: [FulfillmentOrderReleaseHoldUserError!]!
            }
            type MetafieldsSetPayload {
              metafields: [Metafield!]
              userErrors: [MetafieldsSetUserError!]!
            }
            type MetafieldsDeletePayload {
              deletedMetafields: [MetafieldIdentifier]
              userErrors: [UserError!]!
            }
            type FulfillmentOrderHoldUserError {
              field: [String!]
              message: String!
              code: FulfillmentOrderHoldUserErrorCode
            }
            type FulfillmentOrderReleaseHoldUserError {
              field: [String!]
              message: String!
              code: FulfillmentOrderReleaseHoldUserErrorCode
            }
            type MetafieldsSetUserError {
              field: [String!]
              message: String!
              code: MetafieldsSetUserErrorCode
              elementIndex: Int
            }
            type UserError {
              field: [String!]
              message: String!
            }
            input FulfillmentOrderHoldInput {
              reason: FulfillmentHoldReason!
              reasonNotes: String
              notifyMerchant: Boolean = false
              externalId: String
              handle: String = ""
              fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] = []
            }
            input FulfillmentOrderLineItemInput {
              id: ID!
              quantity: Int!
            }
            input MetafieldsSetInput {
              ownerId: ID!
              namespace: String
              key: String!
              type: String
              value: String!
            }
            input MetafieldIdentifierInput {
              ownerId: ID!
              namespace: String!
              key: String!
            }
            enum FulfillmentHoldReason {
              AWAITING_PAYMENT AWAITING_RETURN_ITEMS HIGH_RISK_OF_FRAUD INCORRECT_ADDRESS
              INVENTORY_OUT_OF_STOCK ONLINE_STORE_POST_PURCHASE_CROSS_SELL OTHER UNKNOWN_DELIVERY_DATE
            }
            enum FulfillmentOrderStatus { CANCELLED CLOSED INCOMPLETE IN_PROGRESS ON_HOLD OPEN SCHEDULED }
            enum FulfillmentOrderRequestStatus { UNSUBMITTED }
            enum FulfillmentOrderAction { CREATE_FULFILLMENT REPORT_PROGRESS MOVE HOLD SPLIT RELEASE_HOLD }
            enum OrderDisplayFulfillmentStatus { FULFILLED ON_HOLD UNFULFILLED }
            enum FulfillmentOrderHoldUserErrorCode {
              DUPLICATE_FULFILLMENT_HOLD_HANDLE DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS FULFILLMENT_ORDER_HOLD_LIMIT_REACHED
              FULFILLMENT_ORDER_NOT_FOUND FULFILLMENT_ORDER_NOT_SPLITTABLE GREATER_THAN_ZERO INVALID_LINE_ITEM_QUANTITY TAKEN
            }
            enum FulfillmentOrderReleaseHoldUserErrorCode { FULFILLMENT_ORDER_NOT_FOUND GREATER_THAN_ZERO INVALID_LINE_ITEM_QUANTITY }
            enum MetafieldsSetUserErrorCode { BLANK INVALID INVALID_TYPE INVALID_VALUE LESS_THAN_OR_EQUAL_TO TOO_LONG TOO_SHORT }
            """);

    private ShopifySchema() {
    }
}
