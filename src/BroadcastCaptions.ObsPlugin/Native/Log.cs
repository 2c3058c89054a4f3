using System.Text;

namespace BroadcastCaptions.ObsPlugin.Native;

/// <summary>OBS's log. Never on audio threads.</summary>
internal static unsafe class Log
{
    private const int Information = 300, Warning = 200;

    /// <summary>What a user who reads the log may want to know.</summary>
    public static void Info(string text) => Write(Information, text);

    /// <summary>What does not work.</summary>
    public static void Warn(string text) => Write(Warning, text);

    /// <summary>What should not have been thrown: no exception may cross into the host.</summary>
    public static void Fault(string where, Exception e) => Write(Warning, $"{where}: {e.GetType().Name} {e.Message}");

    // blog is variadic: the text is finished here, and its % doubled.
    private static void Write(int level, string text)
    {
        var bytes = Encoding.UTF8.GetBytes($"[broadcast-captions] {text.Replace("%", "%%", StringComparison.Ordinal)}\0");
        fixed (byte* finished = bytes) LibObs.blog(level, finished);
    }
}
