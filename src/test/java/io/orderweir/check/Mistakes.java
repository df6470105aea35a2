package io.orderweir.check;

import java.util.List;
import java.util.function.Consumer;

/** What integrators get wrong, and the one line that each is answered with. */
final class Mistakes {

    static final String ROUTES = "acme/routes.camel.yaml";
    static final String FLOWS = "policy/flows.yaml";

    /** {@code file} is what is named, empty where it is a key; {@code at} is how the line begins that is named, empty where none is; {@code says} is the sentence. */
    record Mistake(String name, Consumer<Mounted> made, String file, String at, String says) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String STEP = "        - to: direct:acme.call";

    static final List<Mistake> ALL = List.of(
            new Mistake("an unknown node", in -> in.instead(ROUTES, "setVariable:", "setVarible:"), ROUTES, "- setVarible:",
                    "'setVarible' is no step and no option that Camel knows; did you mean setVariable?"),
            new Mistake("an unknown option", in -> in.instead(ROUTES, "name: method", "nam: method"), ROUTES, "nam: method",
                    "'nam' is no option of what it stands in; correct or remove it: nam: method"),
            new Mistake("a wrong indentation", in -> in.instead(ROUTES, "        - setVariable:", "       - setVariable:"), ROUTES, "- setVariable:",
                    "expected <block end>, but found '<block sequence start>'; look at the indentation and the quotes of this line and the one before: - setVariable:"),
            new Mistake("an unknown component", in -> in.instead(ROUTES, STEP, "        - to: direkt:acme.call"), ROUTES, "- to: direkt:acme.call",
                    "there is no component 'direkt:' in 'direkt:acme.call'; did you mean direct?"),
            new Mistake("an option that a component does not have", in -> in.instead(ROUTES, STEP, "        - to: log:acme?shwAll=true"), ROUTES, "- to: log:acme?shwAll=true",
                    "'log:acme?shwAll=true' cannot be used: the component has no shwAll=true"),
            new Mistake("a direct: nobody reads", in -> in.instead(ROUTES, STEP, "        - to: direct:acme.cal"), ROUTES, "- to: direct:acme.cal",
                    "no route reads direct:acme.cal, so whoever comes here would wait in vain; did you mean acme.call?"),
            new Mistake("a constant name in toD", in -> in.instead(ROUTES, STEP, "        - toD: direct:acme.cal"), ROUTES, "- toD: direct:acme.cal",
                    "no route reads direct:acme.cal, so whoever comes here would wait in vain; did you mean acme.call?"),
            new Mistake("a misspelt name of the engine's", in -> in.instead(ROUTES, "        - to: direct:call\n", "        - to: direct:cal\n"), ROUTES, "- to: direct:cal",
                    "no route reads direct:cal, so whoever comes here would wait in vain; did you mean call?"),
            new Mistake("a placeholder that is set nowhere", in -> in.instead(ROUTES, STEP, "        - to: log:{{acme.log}}"), ROUTES, "- to: log:{{acme.log}}",
                    "a placeholder in 'log:{{acme.log}}' is set nowhere: Property with key [acme.log]; set it, or correct its name"),
            new Mistake("a port with no find", in -> in.instead(ROUTES, "uri: direct:acme.fulfilment.find", "uri: direct:acme.fulfilment.fnd"), ROUTES, "- route:",
                    "no route reads direct:acme.fulfilment.find, which connector.yaml lists; write it, or see whether the file is whole"),
            new Mistake("a port that the policy misspells", in -> in.instead(FLOWS, "port: fulfilment", "port: drawing"), FLOWS, "- type: order",
                    "it leads to the port 'drawing' of connection 'acme', and the connector of its system acme has [fulfilment] only; correct port, or the row of the role warehouse, in ?"),
            new Mistake("a port that no connector has", in -> in.instead(FLOWS, "port: drawing", "port: drwing"), FLOWS, "- type: order",
                    "no connector has the port 'drwing', so nobody is ever asked; correct it, or take the row out, in ?"),
            new Mistake("a port that nothing can be cancelled at", in -> in.instead("acme/connector.yaml", "cancel: { repeatable: true }, ", "").instead(ROUTES, "uri: direct:acme.fulfilment.cancel", "uri: direct:acme.fulfilment.close"), ROUTES, "- route:",
                    "no route reads direct:acme.fulfilment.cancel, which the engine asks of a port that has create; write it, or see whether the file is whole"),
            new Mistake("a port that its connector does not list", in -> in.instead("acme/connector.yaml", "  fulfilment:", "  shipment:").instead("acme/connector.yaml", "shipment: {", "shipment: { send: {} } #").instead("acme/routes.camel.yaml", "uri: direct:acme.test", "uri: direct:acme.shipment.send"), ROUTES, "- route:",
                    "it serves the port 'fulfilment', which connector.yaml does not list under ports; there are shipment"),
            new Mistake("a port that no route serves", in -> in.instead("acme/connector.yaml", "ports:", "ports:\n  shipment: { create: {} }"), "acme/connector.yaml", "",
                    "it lists the port 'shipment', and no route reads direct:acme.shipment.create or update or cancel or find; write its routes, or take it out of ports"),
            new Mistake("a misspelt key of the descriptor", in -> in.instead("acme/connector.yaml", "credentials:", "credentails:"), "acme/connector.yaml", "credentails:",
                    "(credentails): 'credentails' is not a key; there are [credentials, field-limits, label, plans, ports, quota, says, settings, signature, system]"),
            new Mistake("a folder without a descriptor", in -> in.without("acme/connector.yaml"), "acme", "",
                    "has no connector.yaml, which says what the system is and can; write one, or take the folder away"),
            new Mistake("a descriptor of another system", in -> in.instead("acme/connector.yaml", "system: acme", "system: acne"), "acme/connector.yaml", "",
                    "its system is 'acne' and its folder is called 'acme'; call both the same"),
            new Mistake("a folder that is called like a packaged one", in -> in.copy("stripe", "payco").rename("payco", "stripe"), "stripe", "",
                    "is called like a connector that is packaged; give it, and its system, a name of its own"),
            new Mistake("a file that lies beside the folders", in -> in.file("acme.camel.yaml", "[]\n# end\n"), "acme.camel.yaml", "",
                    "nobody reads it here: each folder in orderweir.connectors.dir is a connector; put it into one, and name the directory around that"),
            new Mistake("a route without an id", in -> in.instead(ROUTES, "    id: acme.test\n", ""), ROUTES, "- route:",
                    "the route from direct:acme.test has no id; give it one that begins with its system, such as acme.order.create"),
            new Mistake("an error in a mapping", in -> in.instead("acme/fulfilment.out.jq", "city:     .city", "city      the .city"), "acme/fulfilment.out.jq", "{ city      the .city,",
                    "jq does not understand '{ city      the .city,': Encountered \" <IDENTIFIER> \"the \"\" at line 18, column 35; it may go wrong a line before"),
            new Mistake("an error in a mapping that stands in the route", in -> in.instead(ROUTES, "expression: resource:connector:acme/fulfilment.out.jq", "expression: '.order | {name'"), ROUTES, "- transform:",
                    "jq does not understand '.order | {name': Encountered \"<EOF>\" at line 1, column 14; it may go wrong a line before"),
            new Mistake("a mapping that is not there", in -> in.instead(ROUTES, "fulfilment.out.jq", "fulfilmnt.out.jq"), ROUTES, "- transform:",
                    "the mapping {connectors}/acme/fulfilmnt.out.jq is not there; put it there, or correct 'resource:connector:acme/fulfilmnt.out.jq'"),
            new Mistake("a slow regular expression", in -> in.file("acme/note.out.jq", "# a note\n.order.orderNote | sub(\"^(a+)+$\"; \"\")\n# end\n"), "acme/note.out.jq", ".order.orderNote | sub(\"^(a+)+$\"; \"\")",
                    "the regular expression ^(a+)+$ may take for ever on a long text: a repeat stands in a repeat. Anchor it, count its repeats ({1,20}), or use trim, ltrimstr, split or startswith"),
            new Mistake("an id of another's", in -> in.instead(ROUTES, "id: acme.call\n", "id: netsuite.call\n"), ROUTES, "- route:",
                    "the route id 'netsuite.call' is taken by connectors/netsuite/routes.camel.yaml:N; rename one; a connector's own names begin with its system"),
            new Mistake("an id of another's worker", in -> in.instead(ROUTES, "    id: acme.test\n", "    id: deliver.netsuite\n"), ROUTES, "- route:",
                    "the route id 'deliver.netsuite' does not begin with its system, acme, so it may be another's, or the engine's; rename it"),
            new Mistake("a name of another's", in -> in.instead(ROUTES, "uri: direct:acme.test", "uri: direct:netsuite.test"), ROUTES, "- route:",
                    "it reads direct:netsuite.test, which netsuite.test (connectors/netsuite/routes.camel.yaml:N) reads: what comes would be one's alone. Rename one; a connector's own names begin with its system"),
            new Mistake("a role that is renamed", in -> in.instead(FLOWS, "role: warehouse", "role: warehuose"), FLOWS, "- type: order",
                    "there is no role 'warehouse'; there are [erp, warehuose, design, factory], and source for the shop itself, in ?"),
            new Mistake("a flow after one that is none", in -> in.instead(FLOWS, "after: erp/order", "after: erp/ordr"), FLOWS, "- type: order",
                    "it comes after 'erp/ordr', which no whole order goes to, so it would wait for ever; use one of [erp/order]. What waits for a line's drawing waits at a gate: behind, in ?"),
            new Mistake("an unknown column", in -> in.instead(FLOWS, "port: fulfilment", "prot: fulfilment"), FLOWS, "- type: order",
                    "'prot' is not a column of flows; use [type, parts, for, class, to, port, behind, while, after, moves-goods, priority, sends], in ?"),
            new Mistake("an unknown connection", in -> in.instead(FLOWS, "connection: acme", "connection: acme-mian"), FLOWS, "- role: warehouse",
                    "connection 'acme-mian' is not configured, and orders go to it by the flow to warehouse/fulfilment of flows.yaml: such an order will be held. Set orderweir.connections.acme-mian.system, .url and a limit, or take the row out of flows, in ?"),
            new Mistake("a file of the policy that nobody reads", in -> in.file("policy/limit.yaml", "[]\n# end\n"), "", "",
                    "orderweir.policy.dir = {policy} holds [limit.yaml], which nobody reads; use some of [flows.yaml, gates.yaml, limits.yaml], and remove the others"),
            new Mistake("a policy that is half written", in -> in.file("policy/limits.yaml", "- { system: acme, port: fulfil\n# end\n"), "policy/limits.yaml", "",
                    "expected ',' or '}', but got <stream end>; look at the indentation and the quotes of this line and the one before: - { system: acme, port: fulfil"),
            new Mistake("a path that is no field of an order", in -> in.file("policy/limits.yaml", "# ours\n- { system: acme, path: name, says: required }\n- { system: acme, path: lineItms, says: required }\n# end\n"), "policy/limits.yaml", "- { system: acme, path: lineItms, says: required }",
                    "'lineItms' is no field of the canonical order, so it would never be looked at; there [schemaVersion, externalId, name, orderSource, createdAt, updatedAt, status, paymentStatus, currency, subTotalPrice, orderTax, orderDiscount, shippingPrice, totalPrice, shippingClass, shippingCode, shippingCarrier, orderNote, tags, customFields, customer, billingAddress, shippingAddress, payments, discounts, refunds, lineItems] can stand, in {\"system\":\"acme\",\"path\":\"lineItms\",\"says\":\"required\"}"),
            new Mistake("a limit of a system that is none", in -> in.file("policy/limits.yaml", "- { system: acne, path: name, says: required }\n# end\n"), "policy/limits.yaml", "- { system: acne, path: name, says: required }",
                    "'acne' is no connector, so its limits would never be looked at; use one of [acme, design, drawings, factory, netsuite, pager, shopify, signals, slack, smtp, stripe, twilio, wms], in {\"system\":\"acne\",\"path\":\"name\",\"says\":\"required\"}"),
            new Mistake("a system that is none", in -> in.key("orderweir.connections.erp.system", "trytn"), "", "",
                    "orderweir.connections.erp.system = trytn is no system of a connector there is; use one of [acme, design, drawings, factory, netsuite, pager, shopify, signals, slack, smtp, stripe, twilio, wms], or mount a folder of that name with orderweir.connectors.dir"),
            new Mistake("an unknown key", in -> in.key("orderweir.connections.acme.sytem", "acme"), "", "",
                    "orderweir.connections.acme.sytem (value not shown) is not a key of Orderweir; a connection has system, url, label, zone, secrets, secrets-file, timeout, grace, settles-within, plan, may-say, maintenance, settings.<key>, credentials.<key>, shares.<orders|stock|prices|catalogue|replays>, limits.<name>.calls, .window, .reserved, .bucket and .cost; correct or remove it"),
            new Mistake("an unknown bean", in -> in.instead(ROUTES, "${bean:connections?method=credential", "${bean:conections?method=credential"), ROUTES, "- setHeader:",
                    "there is no bean 'conections'; did you mean connections?"),
            new Mistake("an unknown method of a bean", in -> in.instead(ROUTES, "${bean:connections?method=credential", "${bean:connections?method=credentials"), ROUTES, "- setHeader:",
                    "the bean 'connections' has no method 'credentials'; did you mean credential?"),
            new Mistake("an unknown bean in a step", in -> in.instead(ROUTES, STEP, "        - bean: { ref: refusl, method: notSendable }"), ROUTES, "constant: /fulfilments",
                    "there is no bean 'refusl'; did you mean refusal?"),
            new Mistake("an unknown method in a step", in -> in.instead(ROUTES, STEP, "        - bean: { ref: refusal, method: notSendabel }"), ROUTES, "constant: /fulfilments",
                    "the bean 'refusal' has no method 'notSendabel'; did you mean notSendable?"),
            new Mistake("an unknown function", in -> in.instead(ROUTES, "${variable.status} == 409", "${varable.status} == 409"), ROUTES, "# it is there already: ours, of which we never saw the answe",
                    "the simple expression '${varable.status} == 409' is not understood: Unknown function: varable.status"),
            new Mistake("a class that is not there", in -> in.instead(ROUTES, STEP, "        - doTry: { steps: [ { to: direct:acme.call } ], doCatch: [ { exception: [ java.io.IOExceptoin ], steps: [ { log: a } ] } ] }"), ROUTES, "- route:",
                    "the route 'acme.fulfilment.create' cannot be made: ClassNotFoundException java.io.IOExceptoin"),
            new Mistake("a template of the engine's", in -> in.instead(ROUTES, "# end", "- templatedRoute:\n    routeTemplateRef: deliver\n    routeId: acme.worker\n# end"), ROUTES, "- templatedRoute:",
                    "the engine starts what each account needs by itself, so it would run twice; take the templatedRoute out"),
            new Mistake("a file without its end", in -> in.instead(ROUTES, "# end", "#"), ROUTES, "#",
                    "it does not end in the line '# end', so it may be the first half of a file; save it whole, or write that line at its end"),
            new Mistake("a mapping without its end", in -> in.instead("acme/fulfilment.out.jq", "# end", ""), "acme/fulfilment.out.jq", "| known",
                    "it does not end in the line '# end', so it may be the first half of a file; save it whole, or write that line at its end"),
            new Mistake("a table without its end", in -> in.instead(FLOWS, "# end", ""), FLOWS, "sends: [name]",
                    "it does not end in the line '# end', so it may be the first half of a file; save it whole, or write that line at its end"),
            new Mistake("an empty file", in -> in.file(ROUTES, ""), ROUTES, "",
                    "it is empty, or half written; write its routes, or remove it"),
            new Mistake("a file of comments", in -> in.file(ROUTES, "# acme\n# end\n"), ROUTES, "",
                    "it is empty, or half written; write its routes, or remove it"),
            new Mistake("a file that is half written", in -> in.file(ROUTES, Mounted.read(in.path(ROUTES)).split("description: Changes")[0] + "descrip\n# end\n"), ROUTES, "# end",
                    "could not find expected ':'; look at the indentation and the quotes of this line and the one before: descrip"),
            new Mistake("a file that is no YAML", in -> in.file(ROUTES, "PK\u0003\u0004\u0000\u0001\n# end\n"), ROUTES, "PK\u0003\u0004\u0000\u0001",
                    "it is no YAML: special characters are not allowed"),
            new Mistake("a file that is no list", in -> in.file(ROUTES, "route:\n  id: acme.test\n# end\n"), ROUTES, "route:",
                    "it is no list of routes; a file of routes begins with '- route:'"),
            new Mistake("a table of a connector that is no YAML", in -> in.file("acme/complaints.yaml", "label: 'acme\n# end\n"), "acme/complaints.yaml", "",
                    "found unexpected end of stream; look at the indentation and the quotes of this line and the one before: label: 'acme"),
            new Mistake("a type nobody declared", in -> in.copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/").instead("payco/door.camel.yaml", "constant: signal", "constant: stock"), "payco/door.camel.yaml", "- route:",
                    "it captures events of the type 'stock', which nobody reads; say order, product or signal, or unknown, of which the kind is noted and nothing else is done"),
            new Mistake("a door without a name", in -> in.copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/").instead("payco/door.camel.yaml", "uri: direct:payco.name", "uri: direct:payco.nam"), "payco/door.camel.yaml", "- route:",
                    "no route reads direct:payco.name, which is asked who has come when the signature holds; write it, or see whether the file is whole"),
            new Mistake("a door without a shape", in -> in.copy("stripe", "payco").instead("payco/door.camel.yaml", "/capture/stripe/", "/capture/payco/").instead("payco/door.camel.yaml", "uri: direct:payco.signal.map", "uri: direct:payco.signl.map"), "payco/door.camel.yaml", "- route:",
                    "no route reads direct:payco.signal.map, which is asked for the shape of every signal; write it, or see whether the file is whole"));

    private Mistakes() {
    }
}
