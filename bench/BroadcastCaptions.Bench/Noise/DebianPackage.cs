using System.IO.Compression;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Platform;

namespace BroadcastCaptions.Bench.Noise;

/// <summary>Files of a Debian package, fetched by apt-get and unpacked into the cache; nothing is installed.</summary>
internal static class DebianPackage
{
    /// <summary>Where packages lie unpacked; may be deleted at any time.</summary>
    public static string Cache { get; } = Path.Combine(AppFolders.Cache, "game-sounds");

    /// <summary>The folder of the unpacked package, fetched at first use.</summary>
    /// <exception cref="InvalidOperationException">apt-get is not here, or does not know the package.</exception>
    public static async Task<string> EnsureAsync(string package)
    {
        var folder = Path.Combine(Cache, package);
        if (Directory.Exists(folder)) return folder;
        Console.Error.WriteLine($"Fetching Debian's {package} into {Cache}");
        var coming = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName; // two may fetch at once
        await Child.OutputAsync(["bash", "-c", "cd \"$0\" && apt-get download -q \"$1\" 2>&1 && dpkg-deb -x \"$1\"_*.deb . && rm \"$1\"_*.deb", coming, package]);
        foreach (var archive in Directory.GetFiles(coming, "pak0.pk3", SearchOption.AllDirectories)) ZipFile.ExtractToDirectory(archive, Path.GetDirectoryName(archive)!);
        Directory.Move(coming, folder);
        return folder;
    }
}
