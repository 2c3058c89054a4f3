using System.Runtime.InteropServices;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>
/// Fingers on the keyboard of an X display. OBS looks at the keys itself; what obs-websocket triggers in their place is not always let go again.
/// </summary>
internal static partial class KeyPresser
{
    /// <summary>Presses a key, or lets it go.</summary>
    /// <param name="display">":7".</param>
    /// <param name="key">X's name of the key: "F9".</param>
    /// <param name="down">Pressed from now on?</param>
    public static void Press(string display, string key, bool down)
    {
        var connection = XOpenDisplay(display);
        if (connection == 0) throw new InvalidOperationException($"The display {display} cannot be opened.");
        var code = XKeysymToKeycode(connection, XStringToKeysym(key));
        var done = code != 0 && XTestFakeKeyEvent(connection, code, down ? 1 : 0, 0) != 0;
        _ = XSync(connection, 0);
        _ = XCloseDisplay(connection);
        if (!done) throw new InvalidOperationException($"The display {display} has no key {key}.");
    }

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XOpenDisplay(string name);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XCloseDisplay(nint connection);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint XStringToKeysym(string name);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial byte XKeysymToKeycode(nint connection, nuint symbol);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XSync(nint connection, int discard);

    [LibraryImport("libXtst.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XTestFakeKeyEvent(nint connection, uint code, int down, nuint delay);
}
