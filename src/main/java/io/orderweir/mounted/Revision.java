package io.orderweir.mounted;

import java.util.Map;
import java.util.TreeMap;

/**
 * One state of the connectors and of the policy, which never changes.
 *
 * @param number by which all processes and people know it; 0 as long as no ledger has given it one
 * @param connectors the mounted folders; null where none are mounted
 * @param policy the mounted tables; null where none are mounted
 * @param since of each folder that is not what the process started with: the number of the revision that brought it
 */
public record Revision(long number, Mounted connectors, Mounted policy, Map<String, Long> since) {

    /** What stands for a folder that is gone. */
    static final long GONE = -1;

    /** The same for the same files, wherever they are mounted. */
    public String digest() {
        return (connectors == null ? "-" : connectors.digest()) + "/" + (policy == null ? "-" : policy.digest());
    }

    public Revision numbered(long given) {
        return new Revision(given, connectors, policy, since);
    }

    /** What comes after it: a folder that is the same goes on as it is, any other one is new. */
    Revision followedBy(Revision next) {
        Map<String, Long> served = new TreeMap<>();
        if (connectors != null) {
            connectors.folders().forEach(folder -> served.put(folder, GONE));
        }
        if (next.connectors != null) {
            next.connectors.folders().forEach(folder -> served.put(folder, next.number));
            next.connectors.folders().stream().filter(folder -> isSame(folder, next)).forEach(folder -> served.put(folder, since.getOrDefault(folder, 0L)));
        }
        return new Revision(next.number, next.connectors, next.policy, served);
    }

    private boolean isSame(String folder, Revision next) {
        return connectors != null && connectors.folders().contains(folder) && connectors.digest(folder).equals(next.connectors.digest(folder));
    }
}
