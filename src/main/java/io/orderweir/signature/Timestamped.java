package io.orderweir.signature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** One header says when and how, {@code t=<seconds>,v1=<hex>,v1=<hex>}; signed are the seconds, a dot and the body. */
final class Timestamped implements Scheme {

    @Override
    public Claim read(UnaryOperator<String> said, byte[] body) {
        String header = said.apply("signature");
        String time = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String part : header == null ? new String[0] : header.split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                time = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1") && pair[1].matches("[0-9a-fA-F]{64}")) {
                signatures.add(HexFormat.of().parseHex(pair[1]));
            }
        }
        Instant signedAt = Scheme.seconds(time);
        return signedAt == null || signatures.isEmpty() ? null : new Claim(Scheme.joined(time + ".", body), signatures, signedAt);
    }
}
