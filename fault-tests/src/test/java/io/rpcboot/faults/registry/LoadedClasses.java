package io.rpcboot.faults.registry;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The classes that this process has loaded, initialised or not. Safe for use by many threads. */
public final class LoadedClasses {

    private LoadedClasses() {}

    /** Whether the class was loaded by whatever loader. */
    public static boolean contain(String name) throws JMException {
        Object listed = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassloaders",
                        new Object[] {new String[] {"show-classes"}},
                        new String[] {String[].class.getName()});
        if (!listed.toString().contains(LoadedClasses.class.getName())) {
            throw new IllegalStateException("the list of classes lacks the one that asks for it");
        }
        return listed.toString().contains(name);
    }
}
