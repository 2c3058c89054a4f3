namespace BroadcastCaptions.TestKit.Obs;

/// <summary>The plug-in as it was published for this machine, and how an OBS of the tests gets it without the product's help.</summary>
public static class ObsPlugin
{
    /// <summary>The kind of the filter.</summary>
    public const string Filter = "broadcast_captions_filter";

    /// <summary>The kind of the input that taps an output track.</summary>
    public const string Track = "broadcast_captions_track";

    /// <summary>The native library; made by the build of the tests that use it.</summary>
    public static string Library { get; } = Path.Combine(Places.Repository, "artifacts", "obs-plugin", "broadcast-captions.so");

    /// <summary>Puts the library where this OBS looks. While OBS is closed.</summary>
    public static void Install(ObsHarness obs)
    {
        var folder = Path.Combine(obs.Home, ".config", "obs-studio", "plugins", "broadcast-captions");
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.Copy(Library, Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin", "64bit")).FullName, Path.GetFileName(Library)), overwrite: true);
    }
}
