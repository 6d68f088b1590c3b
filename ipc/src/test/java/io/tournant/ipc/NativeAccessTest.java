package io.tournant.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeAccessTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void aJvmThatDeniesNativeAccessSaysWhatToGrant() throws Exception {
        try (ChildJvm child = ChildJvm.start("--illegal-native-access=deny", DeniedMain.class, Token.random())) {
            for (String what : List.of("Message queues", "Message queues", "Pipes", "Pipes")) {
                assertThat(child.readLine())
                        .startsWith(what + " need native access")
                        .contains("--enable-native-access=ALL-UNNAMED");
            }
            assertThat(child.awaitExit()).isZero();
        }
    }
}
