using System.Runtime.InteropServices;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>Asks the windows of an X display to close, as their close button would: no window manager runs that could.</summary>
internal static partial class WindowCloser
{
    private const int ClientMessage = 33;

    /// <summary>Asks every top-level window whose title starts so to close; how many were asked.</summary>
    public static int Close(string display, string titleStart) => ForEach(display, titleStart, Ask);

    /// <summary>Is there a top-level window whose title starts so?</summary>
    public static bool Find(string display, string titleStart) => ForEach(display, titleStart, (_, _) => { }) > 0;

    private static int ForEach(string display, string titleStart, Action<nint, nuint> action)
    {
        var connection = XOpenDisplay(display);
        if (connection == 0) throw new InvalidOperationException($"The display {display} cannot be opened.");
        try
        {
            var found = TopLevelWindows(connection).Where(window => Title(connection, window).StartsWith(titleStart, StringComparison.Ordinal)).ToArray();
            foreach (var window in found) action(connection, window);
            _ = XSync(connection, 0);
            return found.Length;
        }
        finally
        {
            _ = XCloseDisplay(connection);
        }
    }

    private static nuint[] TopLevelWindows(nint connection)
    {
        _ = XQueryTree(connection, XDefaultRootWindow(connection), out _, out _, out var children, out var count);
        if (children == 0) return [];
        var windows = Enumerable.Range(0, (int)count).Select(i => (nuint)Marshal.ReadIntPtr(children, i * nint.Size)).ToArray();
        _ = XFree(children);
        return windows;
    }

    private static string Title(nint connection, nuint window)
    {
        if (XFetchName(connection, window, out var name) == 0) return "";
        var title = Marshal.PtrToStringUTF8(name) ?? "";
        _ = XFree(name);
        return title;
    }

    private static void Ask(nint connection, nuint window)
    {
        var message = new Message
        {
            Type = ClientMessage,
            Window = window,
            MessageType = XInternAtom(connection, "WM_PROTOCOLS", 0),
            Format = 32,
            Protocol = (nint)XInternAtom(connection, "WM_DELETE_WINDOW", 0),
        };
        _ = XSendEvent(connection, window, 0, 0, ref message);
    }

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint XOpenDisplay(string name);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XCloseDisplay(nint connection);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint XDefaultRootWindow(nint connection);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XQueryTree(nint connection, nuint window, out nuint root, out nuint parent, out nint children, out uint count);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XFetchName(nint connection, nuint window, out nint name);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XFree(nint memory);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint XInternAtom(nint connection, string name, int onlyIfExists);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XSendEvent(nint connection, nuint window, int propagate, nint mask, ref Message message);

    [LibraryImport("libX11.so.6")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int XSync(nint connection, int discard);

    /// <summary>XClientMessageEvent within the 192 bytes of an XEvent.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 192)]
    private struct Message
    {
        public int Type;
        public nuint Serial;
        public int SendEvent;
        public nint Connection;
        public nuint Window;
        public nuint MessageType;
        public int Format;
        public nint Protocol;
        public nint Time;
    }
}
