package io.orderweir.embedded;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the embedded database and broker answer, as one line that people and programs can read. */
public record ServiceAddresses(String jdbcUrl, String user, String passwordFile, String kafka, long pid, long postgresPid) {
    private static final Pattern LINE = Pattern.compile(
            "orderweir services: jdbc=(\\S+) user=(\\S+) password-file=(.+) kafka=(\\S+) pid=(\\d+) postgres=(\\d+)");

    public String line() {
        return "orderweir services: jdbc=" + jdbcUrl + " user=" + user + " password-file=" + passwordFile + " kafka=" + kafka + " pid=" + pid + " postgres=" + postgresPid;
    }

    public static Optional<ServiceAddresses> parse(String line) {
        Matcher found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new ServiceAddresses(found.group(1), found.group(2), found.group(3), found.group(4), Long.parseLong(found.group(5)), Long.parseLong(found.group(6))))
                : Optional.empty();
    }
}
