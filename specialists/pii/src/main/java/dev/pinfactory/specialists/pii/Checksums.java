package dev.pinfactory.specialists.pii;

import java.math.BigInteger;
import java.util.Locale;

/** Check digits of numbers that people write. */
final class Checksums {
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private Checksums() {}

    /** ISO/IEC 7812 (Luhn): payment cards. Everything but digits is skipped. */
    static boolean luhn(String number) {
        int sum = 0;
        int position = 0;
        for (int i = number.length() - 1; i >= 0; i--) {
            int digit = Character.digit(number.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int weighted = position++ % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return position > 0 && sum % 10 == 0;
    }

    /** ISO 13616 (IBAN): country and check digits behind, letters as 10 to 35, remainder 1 modulo 97. */
    static boolean iban(String iban) {
        String compact = iban.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        for (char c : (compact.substring(4) + compact.substring(0, 4)).toCharArray()) {
            int value = c < 128 ? Character.digit(c, 36) : -1;
            if (value < 0) {
                return false;
            }
            digits.append(value);
        }
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue() == 1;
    }
}
