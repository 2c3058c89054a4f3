using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// ONNX Runtime's telemetry, always off. From 1.29 on its official builds for Linux and macOS send machine, model and usage to Microsoft unless
/// ORT_DISABLE_TELEMETRY is set before it is first used, and keep a device's number and a queue in the user's cache folder
/// (microsoft/onnxruntime #27379); those for Windows hand them to the system, which may. From here nothing leaves the machine.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string OptOut = "ORT_DISABLE_TELEMETRY";

    /// <summary>Runs before any other code of this assembly, so before the runtime is loaded.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "Whichever type is used first, the runtime must not be loaded before.")]
    internal static void Forbid()
    {
        Environment.SetEnvironmentVariable(OptOut, "1"); // for the programs that we start, and on Windows for native code
        if (!OperatingSystem.IsWindows()) _ = SetNative(OptOut, "1", 1); // .NET keeps a copy of its own there, which native code does not see
    }

    /// <summary>The events that the variable does not stop: Windows' traces.</summary>
    public static void Stop() => OrtEnv.Instance().DisableTelemetryEvents();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
