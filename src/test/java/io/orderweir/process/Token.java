package io.orderweir.process;

import io.restassured.http.ContentType;
import java.util.Map;

/** Enters the console as its first admin and makes a token, as a program's admin would. */
public final class Token {

    public static final String PASSWORD = "a password for the tests";

    private Token() {
    }

    /** A token of the first admin, whose password the configuration set to {@link #PASSWORD}. */
    public static String of(String url, String admin) {
        Map<String, String> session = Api.browser(url).formParam("name", admin).formParam("password", PASSWORD)
                .when().post("/login")
                .then().statusCode(303).extract().cookies();
        return Api.browser(url).cookies(session).contentType(ContentType.JSON).body(Map.of("label", "tests", "days", 1))
                .when().post("/api/people/{admin}/tokens", admin)
                .then().statusCode(200).extract().path("token");
    }
}
