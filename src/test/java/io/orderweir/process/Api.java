package io.orderweir.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** What every request to a process of ours is given: its address, text as UTF-8, no redirect followed, and half a minute for the answer. */
public final class Api {
    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().defaultContentCharset(UTF_8).appendDefaultContentCharsetToContentTypeIfUndefined(false))
            .decoderConfig(DecoderConfig.decoderConfig().defaultContentCharset(UTF_8))
            .redirect(RedirectConfig.redirectConfig().followRedirects(false))
            .httpClient(HttpClientConfig.httpClientConfig().setParam("http.connection.timeout", 5_000).setParam("http.socket.timeout", 30_000));

    private Api() {
    }

    /** For somebody whom nobody knows. */
    public static RequestSpecification at(String url) {
        return RestAssured.given().config(AS_IT_IS).baseUri(url);
    }

    /** For somebody who goes where she is sent, and keeps the cookies she is given on the way. */
    public static RequestSpecification follow(String url) {
        return at(url).config(AS_IT_IS.redirect(RedirectConfig.redirectConfig().followRedirects(true))
                .httpClient(AS_IT_IS.getHttpClientConfig().setParam("http.protocol.cookie-policy", "compatibility")));
    }

    /** For a body that is sent byte for byte, whatever it is called. */
    public static RequestSpecification bytes(String url, String contentType) {
        return at(url).config(AS_IT_IS.encoderConfig(AS_IT_IS.getEncoderConfig().encodeContentTypeAs(contentType.split(";")[0], ContentType.BINARY))).contentType(contentType);
    }

    /** For a program, which sends its token and JSON. */
    public static RequestSpecification at(String url, String token) {
        return at(url).auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** For a page of our own, whose forms are posted from where they came. */
    public static RequestSpecification browser(String url) {
        return at(url).header("Sec-Fetch-Site", "same-origin");
    }
}
