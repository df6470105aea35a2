package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Stripe's objects as its webhooks carry them: instants in seconds, amounts in minor units, currencies in lower case, nothing expanded. */
final class StripeObjects {
    private static final String EVENT = """
            {"id":"","object":"event","api_version":"2024-06-20","created":0,"data":{"object":{}},"livemode":false,"pending_webhooks":1,
             "request":{"id":null,"idempotency_key":null},"type":""}""";
    private static final String PAYMENT_INTENT = """
            {"id":"","object":"payment_intent","amount":0,"amount_capturable":0,"amount_details":{"tip":{}},"amount_received":0,"application":null,
             "application_fee_amount":null,"automatic_payment_methods":{"allow_redirects":"always","enabled":true},"canceled_at":null,
             "cancellation_reason":null,"capture_method":"automatic_async","client_secret":"","confirmation_method":"automatic","created":0,
             "currency":"","customer":null,"description":null,"last_payment_error":null,"latest_charge":"","livemode":false,"metadata":{},
             "next_action":null,"on_behalf_of":null,"payment_method":"","payment_method_options":{"card":{"request_three_d_secure":"automatic"}},
             "payment_method_types":["card"],"processing":null,"receipt_email":null,"review":null,"setup_future_usage":null,"shipping":null,
             "source":null,"statement_descriptor":null,"statement_descriptor_suffix":null,"status":"succeeded","transfer_data":null,
             "transfer_group":null}""";
    private static final String CHARGE = """
            {"id":"","object":"charge","amount":0,"amount_captured":0,"amount_refunded":0,"application":null,"application_fee":null,
             "application_fee_amount":null,"balance_transaction":"","billing_details":{"address":{"city":null,"country":"US","line1":null,"line2":null,
             "postal_code":"97201","state":null},"email":null,"name":null,"phone":null},"calculated_statement_descriptor":"KILN AND LOOM",
             "captured":true,"created":0,"currency":"","customer":null,"description":null,"disputed":false,"failure_balance_transaction":null,
             "failure_code":null,"failure_message":null,"fraud_details":{},"livemode":false,"metadata":{},"on_behalf_of":null,
             "outcome":{"network_status":"approved_by_network","reason":null,"risk_level":"normal","seller_message":"Payment complete.","type":"authorized"},
             "paid":true,"payment_intent":"","payment_method":"","payment_method_details":{"card":{"brand":"visa","country":"US","exp_month":4,
             "exp_year":2031,"funding":"credit","last4":"4242","network":"visa","three_d_secure":null,"wallet":null},"type":"card"},
             "receipt_email":null,"receipt_number":null,"receipt_url":"https://pay.example.com/receipts/1","refunded":false,"review":null,"shipping":null,
             "source":null,"source_transfer":null,"statement_descriptor":null,"statement_descriptor_suffix":null,"status":"succeeded",
             "transfer_data":null,"transfer_group":null}""";
    private static final String DISPUTE = """
            {"id":"","object":"dispute","amount":0,"balance_transactions":[],"charge":"","created":0,"currency":"","enhanced_eligibility_types":[],
             "evidence":{"billing_address":null,"customer_name":null,"product_description":null,"shipping_date":null,"uncategorized_text":null},
             "evidence_details":{"due_by":0,"enhanced_eligibility":{},"has_evidence":false,"past_due":false,"submission_count":0},
             "is_charge_refundable":false,"livemode":false,"metadata":{},"payment_intent":"","payment_method_details":{"card":{"brand":"visa",
             "case_type":"chargeback","network_reason_code":"13.1"},"type":"card"},"reason":"","status":"needs_response"}""";
    private static final long DAYS_TO_ANSWER = 7 * 86_400L;

    private StripeObjects() {
    }

    static ObjectNode event(String type, ObjectNode object, boolean livemode, long seconds) {
        ObjectNode event = Json.readObject(EVENT).put("id", Callbacks.newId("evt_")).put("created", seconds).put("livemode", livemode).put("type", type);
        ObjectNode carried = object.deepCopy();
        event.putObject("data").set("object", carried.has("livemode") ? carried.put("livemode", livemode) : carried);
        return event;
    }

    static ObjectNode charge(long amount, String currency, ObjectNode metadata, long seconds) {
        ObjectNode charge = Json.readObject(CHARGE).put("id", Callbacks.newId("ch_")).put("amount", amount).put("amount_captured", amount).put("currency", currency);
        charge.put("created", seconds).put("balance_transaction", Callbacks.newId("txn_"));
        charge.put("payment_intent", Callbacks.newId("pi_")).put("payment_method", Callbacks.newId("pm_"));
        charge.set("metadata", metadata.deepCopy());
        return charge;
    }

    /** The payment a charge belongs to, once it has succeeded. */
    static ObjectNode paymentIntent(ObjectNode charge) {
        ObjectNode intent = Json.readObject(PAYMENT_INTENT);
        for (String same : new String[] {"amount", "created", "currency", "metadata", "payment_method"}) {
            intent.set(same, charge.get(same).deepCopy());
        }
        String id = charge.path("payment_intent").textValue();
        intent.set("amount_received", charge.get("amount"));
        return intent.put("id", id).put("client_secret", Callbacks.newId(id + "_secret_")).put("latest_charge", charge.path("id").textValue());
    }

    static ObjectNode dispute(ObjectNode charge, long amount, String reason, ObjectNode metadata, long seconds) {
        ObjectNode dispute = Json.readObject(DISPUTE).put("id", Callbacks.newId("dp_")).put("amount", amount).put("created", seconds).put("reason", reason);
        dispute.put("charge", charge.path("id").textValue()).put("payment_intent", charge.path("payment_intent").textValue());
        dispute.put("currency", charge.path("currency").textValue()).set("metadata", metadata.deepCopy());
        ((ObjectNode) dispute.path("evidence_details")).put("due_by", seconds + DAYS_TO_ANSWER);
        return dispute;
    }
}
