package io.orderweir.story;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser in front of the console, that notes whom its pages call and takes pictures of them. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    /** -Dorderweir.pictures=docs/pictures renews what the docs show. */
    private static final String PICTURES = System.getProperty("orderweir.pictures");
    private static final String AXE = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations'],"
            + " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(found => done(found.violations"
            + ".filter(fault => ['serious', 'critical'].includes(fault.impact))"
            + ".map(fault => fault.id + ' (' + fault.impact + '): ' + fault.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160)).join(' | '))))";

    private final ChromeDriver driver;
    private final String home;

    Browser(String home, Path profile) {
        assumeTrue(Files.exists(CHROMIUM) && Files.exists(DRIVER), "there is no /usr/bin/chromium with its chromedriver: install chromium and chromium-driver");
        this.home = home;
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.PERFORMANCE, Level.ALL);
        log.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM.toFile()).addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile, "--window-size=1280,1000");
        options.setCapability("goog:loggingPrefs", log);
        driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
        // a click does not always wait for the page it leads to
        driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    }

    void goHome() {
        driver.get(home + "/");
    }

    void open(String path) {
        driver.get(home + path);
    }

    /** As when a session has ended. */
    void forget() {
        driver.manage().deleteAllCookies();
    }

    /** The text of the first such element, at once or soon. */
    String text(String css) {
        return again(() -> driver.findElement(By.cssSelector(css)).getText());
    }

    boolean has(String css) {
        driver.manage().timeouts().implicitlyWait(Duration.ZERO);
        try {
            return !driver.findElements(By.cssSelector(css)).isEmpty();
        } finally {
            driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
        }
    }

    void click(String css) {
        again(() -> {
            driver.findElement(By.cssSelector(css)).click();
            return null;
        });
    }

    /** Follows the link, or presses the button, with this text in it. */
    void press(String text) {
        again(() -> {
            driver.findElement(By.xpath("//*[self::a or self::button or self::summary][contains(normalize-space(.), " + quoted(text) + ")]")).click();
            return null;
        });
    }

    /** As a hand does that is used to double clicks. */
    void pressTwice(String text) {
        new Actions(driver).doubleClick(driver.findElement(By.xpath("//button[contains(normalize-space(.), " + quoted(text) + ")]"))).perform();
    }

    /** Types into what the label with this text belongs to, in the place of what is there. */
    void type(String label, String text) {
        again(() -> {
            WebElement found = driver.findElement(By.xpath("//label[contains(normalize-space(.), " + quoted(label) + ")]"));
            WebElement field = driver.findElement(By.id(found.getDomAttribute("for")));
            field.clear();
            field.sendKeys(text);
            return null;
        });
    }

    void keys(String keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    String focused() {
        return driver.switchTo().activeElement().getDomAttribute("id");
    }

    String title() {
        return driver.getTitle();
    }

    String source() {
        return driver.getPageSource();
    }

    Object script(String script) {
        return driver.executeScript(script);
    }

    /** Serious accessibility faults of the page as it stands, found by axe. */
    List<?> faults() {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<?>) driver.executeAsyncScript(AXE);
    }

    /** The page by day, by night and on a phone; whole, however long it is. Where -Dorderweir.pictures says a folder for them. */
    void pictures(String name) {
        if (PICTURES == null) {
            return;
        }
        for (String look : List.of("light", "dark", "phone")) {
            driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.equals("dark") ? "dark" : "light"))));
            Map<String, Object> screen = new LinkedHashMap<>(Map.of("deviceScaleFactor", 1, "mobile", look.equals("phone"), "width", look.equals("phone") ? 390 : 1280, "height", 900));
            driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
            long height = ((Number) driver.executeScript("return Math.min(2400, document.documentElement.scrollHeight)")).longValue();
            screen.put("height", Math.max(height, look.equals("phone") ? 780 : 800));
            driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
            try {
                Files.write(Files.createDirectories(Path.of(PICTURES)).resolve(name + "-" + look + ".webp"), Base64.getDecoder().decode(
                        (String) driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 80)).get("data")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    /** How much wider than the phone's screen the page is. */
    long overflowOnAPhone() {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("deviceScaleFactor", 1, "mobile", true, "width", 390, "height", 780));
        long overflow = ((Number) driver.executeScript("return document.documentElement.scrollWidth - 390")).longValue();
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        return overflow;
    }

    /** Whom the pages called that is not the console. */
    List<String> calledElsewhere() {
        TreeSet<String> elsewhere = new TreeSet<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            if (entry.getMessage().contains("\"Network.requestWillBeSent\"")) {
                String url = entry.getMessage().replaceAll("(?s).*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1");
                if (!url.startsWith(home + "/") && !url.startsWith("data:") && !url.startsWith("chrome") && !url.startsWith("about:")) {
                    elsewhere.add(url);
                }
            }
        }
        return List.copyOf(elsewhere);
    }

    /** What the browser complained of: scripts that failed, and what the content security policy refused. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            // answers with 4xx are shown to people as pages, and noted by the browser as failures
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue() && !entry.getMessage().contains("Failed to load resource")) {
                complaints.add(entry.getMessage());
            }
        }
        return complaints;
    }

    /** A live page replaces its parts under our hands. */
    private static <T> T again(java.util.function.Supplier<T> act) {
        for (int i = 0; ; i++) {
            try {
                return act.get();
            } catch (StaleElementReferenceException e) {
                if (i == 5) {
                    throw e;
                }
            }
        }
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @Override
    public void close() {
        driver.quit();
    }
}
