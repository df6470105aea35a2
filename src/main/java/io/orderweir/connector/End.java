package io.orderweir.connector;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Something of a system that its vendor ends, such as a version of its API or a way of signing in.
 *
 * @param what what ends, as it stands in the middle of a sentence; without '|'
 * @param on   the first day without it
 * @param todo what a person does before that day, as one or two sentences
 * @param when which accounts use it; all where it is null
 */
@RegisterForReflection
public record End(String what, LocalDate on, @JsonProperty("do") String todo, When when) {

    public End {
        Connector.needs("what", what);
        Connector.needs("on", on);
        Connector.needs("do", todo);
        if (what.contains("|")) {
            throw new IllegalArgumentException("what says in words what ends, without '|'");
        }
    }

    /** As a person is told on a day: what has ended, other than what will. */
    public String said(LocalDate today) {
        return what + (hasEnded(today) ? " ended on " : " ends on ") + on + ": " + todo;
    }

    public boolean hasEnded(LocalDate today) {
        return !today.isBefore(on);
    }

    /** Does an account use it that is signed in this way and has these settings? */
    boolean concerns(Optional<Auth> way, Map<String, String> settings) {
        if (when == null) {
            return true;
        }
        if (when.auth != null) {
            return way.filter(used -> used.kind() == when.auth).isPresent();
        }
        String value = settings.get(when.setting);
        return value == null ? when.unset : value.equals(when.is);
    }

    /** Those that sign in by {@code auth}; or those whose {@code setting} {@code is} so, and with {@code unset} those that do not set it, either. */
    @RegisterForReflection
    public record When(Auth.Kind auth, String setting, String is, boolean unset) {

        public When {
            if ((auth == null) == (setting == null) || (setting == null) != (is == null) || unset && setting == null) {
                throw new IllegalArgumentException("when names a kind of auth, or a setting and what it is");
            }
        }
    }
}
