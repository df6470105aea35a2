package io.orderweir.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderweir.process.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page in a real browser: what the Head of Operations reads, and what happens when she corrects and releases. */
class PageIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String IMPOSSIBLE = "ÅÅ-?";

    @TempDir
    Path profile;

    private Shop shop;
    private ChromeDriver browser;

    @BeforeEach
    void open() {
        assumeTrue(Files.exists(CHROMIUM) && Files.exists(DRIVER), "there is no /usr/bin/chromium with its chromedriver: install chromium and chromium-driver");
        shop = Shop.opens("page");
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
                new ChromeOptions().setBinary(CHROMIUM.toFile()).addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile, "--window-size=1200,1400"));
        // a click does not always wait for the page it leads to
        browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.quit();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void sheReadsTheSentenceCorrectsThePostalCodeAndTheOrderArrives() throws IOException {
        // Given an order with an impossible address and a script in its note, and one with a line that waits at a gate
        JsonNode order = shop.sells(Map.of("id", 7500000000001L, "name", "#1201", "note", "<script>document.title='owned'</script>",
                "shipping_address", Map.of("zip", IMPOSSIBLE)), false);
        shop.sells(Map.of("id", 7500000000002L, "name", "#1202"), true);
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.get("/api/holds").body().path("holds").size() == 1
                && shop.get("/api/gates").body().path("gates").size() >= 1);

        // When
        browser.get(shop.engine.url() + "/");
        picture("login");
        browser.findElement(By.id("name")).sendKeys("Ann");
        browser.findElement(By.id("password")).sendKeys("not the password");
        browser.findElement(By.cssSelector("button.main")).click();
        assertTrue(browser.findElement(By.cssSelector("[role=alert]")).isDisplayed());
        browser.findElement(By.id("password")).sendKeys(Token.PASSWORD);
        browser.findElement(By.cssSelector("button.main")).click();

        // Then
        assertEquals("All flowing. 2 orders, 1 needs you.", browser.findElement(By.id("headline")).getText());
        assertEquals("needs", browser.findElement(By.id("headline")).getAttribute("class"), "green only when it is true");
        browser.findElement(By.linkText("Error Hold")).click();
        picture("holds");
        browser.findElement(By.partialLinkText("Order #1201: NetSuite does not accept the postal code '" + IMPOSSIBLE + "'. Correct it and release.")).click();
        picture("group");
        browser.findElement(By.linkText("#1201")).click();
        picture("held");

        // When she types something the ERP would not even be asked about
        zip("6".repeat(40));
        browser.findElement(By.id("release")).click();
        assertTrue(browser.findElement(By.id("refused")).getText().contains("40 characters"), browser.findElement(By.id("refused")).getText());
        picture("refused");
        zip("62704");
        browser.findElement(By.id("check")).click();
        assertEquals("postal code shippingAddress.zipCodeOrPostalCode ÅÅ-? 62704", browser.findElement(By.cssSelector(".diff tbody")).getText());
        assertTrue(browser.findElement(By.cssSelector(".proposal pre")).getText().contains("62704"));
        picture("proposal");
        browser.findElement(By.id("release-proposal")).click();

        // Then
        assertTrue(browser.findElement(By.id("done")).getText().startsWith("Order #1201: released with a correction by Ann"), browser.findElement(By.id("done")).getText());
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() ->
                assertTrue(shop.atWarehouse("shopify-us-7500000000001").path("shipTo").toString().contains("62704")));
        assertEquals("62704", shop.atErp(order).path("shippingAddress").path("zip").asText());
        browser.findElement(By.id("q")).sendKeys("1201\n");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals("#1201 · Orderweir", browser.getTitle()));
        assertTrue(browser.findElement(By.cssSelector(".timeline")).getText().contains("by Ann"));
        picture("timeline");

        // and the gate is opened from the page
        browser.get(shop.engine.url() + "/");
        assertTrue(browser.findElement(By.id("headline")).getAttribute("class").contains("flowing"), browser.findElement(By.id("headline")).getText());
        browser.findElement(By.linkText("Gates")).click();
        browser.findElement(By.partialLinkText("Open, extend")).click();
        browser.findElement(By.name("evidence")).sendKeys("drawing approved by the buyer\n");
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            assertTrue(browser.findElement(By.tagName("h1")).getText().contains("open"));
            assertTrue(browser.findElement(By.cssSelector("#decisions ~ table")).getText().contains("drawing approved by the buyer"));
        });
        picture("gate");
    }

    private void zip(String value) {
        browser.findElement(By.id("shippingAddress.zipCodeOrPostalCode")).clear();
        browser.findElement(By.id("shippingAddress.zipCodeOrPostalCode")).sendKeys(value);
    }

    private void picture(String name) throws IOException {
        Files.write(Files.createDirectories(Path.of("target", "it", "page")).resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
