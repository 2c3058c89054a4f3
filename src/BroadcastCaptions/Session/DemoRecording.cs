namespace BroadcastCaptions.Session;

/// <summary>The bundled recording: see its attribution beside it.</summary>
internal static class DemoRecording
{
    /// <summary>Where it lies, beside the program.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "assets", "demo.wav");
}
