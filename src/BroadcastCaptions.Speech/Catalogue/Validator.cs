namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>
/// What a server called the version of a file (its ETag) when it began to give it, kept beside the partial file: the rest is only added to
/// the same version.
/// </summary>
internal static class Validator
{
    public const string Suffix = ".part.etag";

    /// <summary>The version that a partial file belongs to; null where that is not known.</summary>
    public static string? Of(string part)
    {
        var path = PathOf(part);
        return File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } etag ? etag : null;
    }

    /// <summary>A partial file begins anew, with this version.</summary>
    public static void Keep(string part, string? etag)
    {
        if (etag is null) Forget(part);
        else DiskFile.WriteAll(PathOf(part), etag);
    }

    public static void Forget(string part)
    {
        if (File.Exists(PathOf(part))) DiskFile.Delete(PathOf(part));
    }

    private static string PathOf(string part) => part + ".etag";
}
