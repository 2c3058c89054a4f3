namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What a store needs of the world outside; tests put a loopback server in its place.</summary>
internal sealed record StoreParts(WebRequests Web, INpm Npm, DiskSpace Disk, DownloadSettings Downloads)
{
    public static StoreParts Real(HttpClient? http) =>
        new(new WebRequests(http ?? ModelHttp.Shared, HubAccess.FromEnvironment()), new NpmCommand(), DiskSpace.Real, new DownloadSettings());
}
