package dev.pinfactory.specialists.host;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the specialists of one host share. */
@Configuration(proxyBeanMethods = false)
class HostConfiguration {
    /** Texts whose vectors are kept: enough for the steps of the tasks that run at a time. */
    private static final int REMEMBERED_TEXTS = 512;

    /** Loaded with its first use, so a host whose specialists don't need it never pays for it. */
    @Bean
    SentenceEncoder sentenceEncoder() {
        return new RememberingEncoder(SentenceEncoder.shared(), REMEMBERED_TEXTS);
    }

    @Bean
    SmartInitializingSingleton encoderCheck(Specialists specialists, SentenceEncoder encoder) {
        return () -> EncoderCheck.check(specialists.cards(), encoder::digest);
    }
}
