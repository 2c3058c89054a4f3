namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What a store needs of the world outside; tests put a loopback server in its place.</summary>
internal sealed record StoreParts(HttpClient Http, INpm Npm, DiskSpace Disk, DownloadSettings Downloads)
{
    public static StoreParts Real(HttpClient? http) => new(http ?? ModelHttp.Shared, new NpmCommand(), DiskSpace.Real, new DownloadSettings());
}
