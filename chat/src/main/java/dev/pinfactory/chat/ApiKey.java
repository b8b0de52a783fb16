package dev.pinfactory.chat;

/** The value of the header that names us to the server. A type of its own, so that printing settings never prints it. */
public record ApiKey(String value) {
    public ApiKey {
        if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("the API key is blank or has characters that no HTTP header takes");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
