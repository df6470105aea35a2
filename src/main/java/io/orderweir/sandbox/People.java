package io.orderweir.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Invents buyers and their addresses by combination, in several countries and scripts. */
final class People {
    /** Postal codes are patterns: 9 stands for a digit, A for a letter. */
    private record Country(String code, String name, String dial, String zip, String[] given, String[] family, String[] streets,
            String[][] cities) {
    }

    private static final Country[] COUNTRIES = {
        new Country("US", "United States", "+1", "99999",
                new String[] {"Amber", "Curtis", "Dana", "Hector", "Joyce", "Marcus", "Nadia", "Trent", "Wanda"},
                new String[] {"Abbott", "Delgado", "Fletcher", "Holloway", "Kessler", "Nakamura", "O'Dell", "Pruitt", "Whitlow"},
                new String[] {"Alder Street", "Quarry Road", "Mill Creek Lane", "N Prospect Ave Apt", "County Road"},
                new String[][] {{"Louisville", "Kentucky", "KY"}, {"Austin", "Texas", "TX"}, {"Portland", "Oregon", "OR"},
                    {"Duluth", "Minnesota", "MN"}, {"Savannah", "Georgia", "GA"}}),
        new Country("CA", "Canada", "+1", "A9A 9A9",
                new String[] {"Chloé", "Devon", "Maude", "Étienne", "Robyn"}, new String[] {"Bouchard", "Fraser", "Gagnon", "Singh", "Tremblay"},
                new String[] {"rue des Érables", "Lakeshore Drive", "Concession Road"},
                new String[][] {{"Montréal", "Quebec", "QC"}, {"Halifax", "Nova Scotia", "NS"}, {"Calgary", "Alberta", "AB"}}),
        new Country("GB", "United Kingdom", "+44", "AA9 9AA",
                new String[] {"Alistair", "Bronwen", "Gemma", "Rhys", "Imogen"}, new String[] {"Ashworth", "Blackwood", "Llewellyn", "Pemberton", "Okafor"},
                new String[] {"Orchard Close", "Station Road", "The Old Dairy, Church Lane"},
                new String[][] {{"Leeds", "England", "ENG"}, {"Cardiff", "Wales", "WLS"}, {"Dundee", "Scotland", "SCT"}}),
        new Country("DE", "Germany", "+49", "99999",
                new String[] {"Anneliese", "Björn", "Jürgen", "Katja", "Sören"}, new String[] {"Brückner", "Großmann", "Hölscher", "Yıldız", "Weiß"},
                new String[] {"Lindenstraße", "Am Mühlbach", "Straße der Einheit"},
                new String[][] {{"München", "", ""}, {"Görlitz", "", ""}, {"Köln", "", ""}}),
        new Country("PL", "Poland", "+48", "99-999",
                new String[] {"Agnieszka", "Grzegorz", "Łucja", "Zdzisław"}, new String[] {"Brzęczyk", "Dąbek", "Śliwa", "Żurawska"},
                new String[] {"ul. Piękna", "al. Kasztanowa", "os. Słoneczne"},
                new String[][] {{"Łódź", "", ""}, {"Kraków", "", ""}, {"Świnoujście", "", ""}}),
        new Country("SE", "Sweden", "+46", "999 99",
                new String[] {"Åsa", "Göran", "Linnéa", "Torbjörn"}, new String[] {"Ekström", "Hägglund", "Sjöqvist", "Åkesson"},
                new String[] {"Ängsvägen", "Storgatan", "Björkallén"},
                new String[][] {{"Malmö", "", ""}, {"Luleå", "", ""}, {"Växjö", "", ""}}),
        new Country("JP", "Japan", "+81", "999-9999",
                new String[] {"Haruto", "Mei", "Sora", "Yui"}, new String[] {"Arakawa", "Fujimori", "Kuroda", "Tsukamoto"},
                new String[] {"Sakae-cho", "Honmachi", "Midorigaoka"},
                new String[][] {{"Kanazawa", "Ishikawa", "JP-17"}, {"Sapporo", "Hokkaidō", "JP-01"}, {"Matsue", "Shimane", "JP-32"}}),
        new Country("HK", "Hong Kong", "+852", "",
                new String[] {"Ka Yan", "Wing Sum", "Chi Ho"}, new String[] {"Au Yeung", "Kwok", "Szeto"},
                new String[] {"Flat A, Nullah Road", "Tai Wong Street East"},
                new String[][] {{"Kowloon", "Kowloon", "KL"}, {"Wan Chai", "Hong Kong Island", "HK"}}),
    };
    private static final String[] COMPANIES = {"Fernwood Interiors", "Halden & Co.", "Studio Norrsken", "Blue Kiln Ltd", "Atelier Grève"};

    /** Half of the buyers live in the shop's own country. */
    ObjectNode address(Random random) {
        Country country = random.nextBoolean() ? COUNTRIES[0] : COUNTRIES[random.nextInt(COUNTRIES.length)];
        String[] city = one(random, country.cities);
        String given = one(random, country.given);
        String family = one(random, country.family);
        ObjectNode address = Json.object();
        address.put("first_name", given);
        address.put("address1", one(random, country.streets) + " " + (1 + random.nextInt(240)));
        address.put("phone", country.dial + digits(random, 9));
        address.put("city", city[0]);
        address.put("zip", country.zip.isEmpty() ? null : filled(random, country.zip));
        address.put("province", city[1].isEmpty() ? null : city[1]);
        address.put("country", country.name);
        address.put("last_name", family);
        address.put("address2", random.nextInt(4) == 0 ? "Unit " + (1 + random.nextInt(90)) : random.nextBoolean() ? "" : null);
        address.put("company", random.nextInt(8) == 0 ? one(random, COMPANIES) : null);
        address.put("latitude", Math.round((random.nextDouble() * 130 - 50) * 1e5) / 1e5);
        address.put("longitude", Math.round((random.nextDouble() * 340 - 170) * 1e5) / 1e5);
        address.put("name", given + " " + family);
        address.put("country_code", country.code);
        address.put("province_code", city[2].isEmpty() ? null : city[2]);
        return address;
    }

    static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static String filled(Random random, String pattern) {
        StringBuilder filled = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            filled.append(c == '9' ? (char) ('0' + random.nextInt(10)) : c == 'A' ? (char) ('A' + random.nextInt(26)) : c);
        }
        return filled.toString();
    }
}
