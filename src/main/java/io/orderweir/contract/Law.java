package io.orderweir.contract;

import io.orderweir.contract.Row.Verdict;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a connector keeps to, whatever its vendor does. One of a port is tried at each port, those of the connector once. */
public enum Law {

    RECORDED("a success, a refusal, a limit and a lost reply are recorded for the port, and its verbs go through", Law.FIXTURES, null, null, "record it as the vendor does it, or make the routes ask what is recorded"),
    DOUBLED_CREATE("a second create of one reference makes no second record, and settles with the first", Law.ROUTES, EffectLaws::mayMakeAnother, EffectLaws::doubledCreate,
            "make what the vendor says to a second one of the same reference unsure, or done with the id that it names"),
    COMMIT_THEN_SILENCE("what the vendor did before its answer was lost is one effect", Law.ROUTES, EffectLaws::isOfMessagesThatRepeat, EffectLaws::commitThenSilence,
            "leave a lost reply unsure; in find, say found with the id of the record; in connector.yaml, list as repeatable only what changes nothing a second time"),
    SILENCE_THEN_COMMIT("what the vendor does after its answer was lost, and after we have looked, is one effect", Law.ROUTES, EffectLaws::isNoRecord, EffectLaws::silenceThenCommit,
            "in find, say absent where the vendor has nothing, so that the engine looks again when the vendor can no longer be working on it"),
    LIMIT("a refusal for the limit waits, slows down and loses nothing", Law.ROUTES, null, AnswerLaws::limit,
            "leave a 429 to direct:call, and lead its disguises to direct:call.usual.too-fast"),
    LIMIT_WITH_TIME("how long a limit wants no calls is heeded", Law.DESCRIPTOR, trial -> trial.recordings().answer("limit-with-time").isEmpty() ? "no answer limit-with-time is recorded" : null,
            AnswerLaws::limitWithTime, "say under quota where the vendor tells its time (Retry-After is always read), and leave the 429 to direct:call"),
    FAILURE_IN_200("an answer of status 200 that is a failure is none of success", Law.ROUTES, trial -> trial.recordings().answer("fails-in-200").isEmpty() ? "no answer fails-in-200 is recorded" : null,
            AnswerLaws::failureIn200, "read the body behind direct:call before you believe the status"),
    UNAUTHORIZED("credentials that are refused pause the account and hold nobody", Law.ROUTES, AnswerLaws::needsNoCredentials, AnswerLaws::unauthorized,
            "leave a 401 to direct:call, which asks <system>.test next; say pause where the vendor says it in other words"),
    VALIDATION("a refusal is held, and names the field as the order calls it", Law.COMPLAINTS, null, AnswerLaws::validation,
            "say where the answer names the field, and which field of the order it is; answers.refusal.field of the fixtures is the one it means"),
    OVER_LONG("a text that is too long is held before the call, and one that just fits arrives whole", Law.DESCRIPTOR, RecordLaws::hasNoLongestText, RecordLaws::overLong,
            "set max to what the vendor takes, and cut nothing in the mapping"),
    FINAL_CANCEL("what is cancelled and wanted again is there again", Law.ROUTES, trial -> trial.has("cancel") ? null : "nothing is cancelled at this port", EffectLaws::finalCancel,
            "in cancel, set the variable final to true where the vendor does not take up a cancelled request again"),
    FIND_OURS("find says only what is ours", Law.ROUTES, trial -> trial.has("find") ? null : "it has no find", EffectLaws::findOurs,
            "in find, compare the reference of what the vendor has with externalId, and say absent where it is another"),
    LIST_TO_THE_END("a list of several pages is read to its last one before it is said what is in it", Law.ROUTES, EffectLaws::readsNoList, EffectLaws::listToTheEnd,
            "where an answer says that there is another page, keep in found how it is asked for and end the call as onward; say absent behind the last one alone"),
    UNKNOWN_FIELD("what carries fields that nobody knows is understood just the same", Law.ROUTES, null, AnswerLaws::unknownField,
            "read the fields that you know, by their names, and ask for nothing of the others; a mapping of the door does the same"),
    BAD_SIGNATURE("who cannot sign is turned away at the door, and who can is taken in", "door.camel.yaml", null, null,
            "lead the door to direct:capture.door and nowhere else, and describe the signature in connector.yaml"),
    SECRETS("no credential is in a log, a kept request or answer, a reason or what was found", Law.ROUTES, null, null,
            "take it out of what the routes log and set; of a session, set sessionIs");

    private static final String FIXTURES = "fixtures/";
    private static final String ROUTES = "routes.camel.yaml";
    private static final String DESCRIPTOR = "connector.yaml";
    private static final String COMPLAINTS = "complaints.yaml";

    private final String words;
    private final String file;
    private final Function<Trial, String> excuse;
    private final Consumer<Trial> kept;
    private final String wayOut;

    /** {@code file} is where it is mended; {@code excuse} says why it is not of this connector; null where it is. {@code kept} throws Broken where it is not. */
    Law(String words, String file, Function<Trial, String> excuse, Consumer<Trial> kept, String wayOut) {
        this.words = words;
        this.file = file;
        this.excuse = excuse;
        this.kept = kept;
        this.wayOut = wayOut;
    }

    /** In a sentence. */
    public String words() {
        return words;
    }

    /** Where it is mended, and how. */
    String wayOut(Fixtures fixtures, String port) {
        return (file.equals(FIXTURES) ? fixtures.place(port) : fixtures.file(file)) + ": " + wayOut;
    }

    /** Whether each port is tried alone, once its recordings are there. */
    boolean isOfAPort() {
        return kept != null;
    }

    /** Without which nothing can be said of this one. */
    private Stream<Law> before() {
        return this == LIST_TO_THE_END ? Stream.of(COMMIT_THEN_SILENCE, SILENCE_THEN_COMMIT, FIND_OURS) : Stream.empty();
    }

    /** Throws Broken where it is not kept at a port. */
    void keeps(Trial trial) {
        kept.accept(trial);
    }

    /** Tries it at one port, at a vendor that has forgotten what was. */
    Row tried(Trial trial, Fixtures fixtures) {
        String name = trial.connector().system();
        String why = excuse == null ? null : excuse.apply(trial);
        if (why != null) {
            return new Row(name, this, trial.port(), Verdict.NOT_OF_THIS_CONNECTOR, why, "");
        }
        Optional<Law> lacking = before().filter(law -> (law.excuse == null || law.excuse.apply(trial) == null) && !trial.kept().contains(law)).findFirst();
        if (lacking.isPresent()) {
            return new Row(name, this, trial.port(), Verdict.NOT_TRIED, lacking.get() + " is not kept first", "");
        }
        trial.vendor().anew();
        try {
            keeps(trial);
            trial.keeps(this);
            return new Row(name, this, trial.port(), Verdict.GREEN, "", "");
        } catch (Excused excused) {
            return new Row(name, this, trial.port(), Verdict.NOT_OF_THIS_CONNECTOR, excused.getMessage(), "");
        } catch (Broken broken) {
            return new Row(name, this, trial.port(), Verdict.RED, broken.getMessage(), wayOut(fixtures, trial.port()));
        } catch (RuntimeException failed) {
            return new Row(name, this, trial.port(), Verdict.RED, "the suite could not try it: " + failed, wayOut(fixtures, trial.port()));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
